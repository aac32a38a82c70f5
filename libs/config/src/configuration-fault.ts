/** The environment is invalid. Contains every fault at once, so that all can be corrected before the next boot. */
export class ConfigurationFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationFault';
  }
}
