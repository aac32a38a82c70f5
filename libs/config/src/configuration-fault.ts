/** The environment cannot be used. Carries every fault at once, so that nobody mends them one boot at a time. */
export class ConfigurationFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationFault';
  }
}
