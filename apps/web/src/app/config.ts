/** What the server says of itself to its pages; see apps/api/src/pages. */
export interface AppConfig {
  /** Whether email and password log in here; otherwise an identity provider does. */
  readonly login: boolean;
  /** Whether there is a race lab. */
  readonly lab: boolean;
  /** Whether anything can be paid by Stripe here. */
  readonly stripe: boolean;
  /** Whether a simulator stands in for Stripe. */
  readonly simulated: boolean;
}

/** Until the server has answered, nothing is offered that may not be there. */
export const CAREFUL: AppConfig = { login: false, lab: false, stripe: false, simulated: false };

let config = CAREFUL;
export const appConfig = () => config;

/** Before the first page. */
export async function loadConfig(): Promise<void> {
  const answer = await fetch('/app-config.json').catch(() => undefined);
  if (answer?.ok) config = (await answer.json()) as AppConfig;
}
