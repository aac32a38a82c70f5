/** Facts about the server for its pages; see apps/api/src/pages. */
export interface AppConfig {
  /** Whether email and password log in here; otherwise an identity provider does. */
  readonly login: boolean;
  /** Whether there is a race lab. */
  readonly lab: boolean;
  /** Methods paid on a page of a provider that has its credentials here. */
  readonly page_methods: readonly string[];
  /** Whether the Stripe simulator is used. */
  readonly simulated: boolean;
  /** Methods of providers from elsewhere (docs/contributing/add-a-provider.md). */
  readonly external_methods: readonly ExternalMethod[];
}

export interface ExternalMethod {
  readonly method: string;
  /** The provider's display name. */
  readonly name: string;
  readonly refunded_by: 'provider' | 'staff';
}

/** Used until the server has answered: optional features are off. */
export const DEFAULTS: AppConfig = {
  login: false,
  lab: false,
  page_methods: [],
  simulated: false,
  external_methods: [],
};

let config = DEFAULTS;
export const appConfig = () => config;

/** Called before the first page. */
export async function loadConfig(): Promise<void> {
  const answer = await fetch('/app-config.json').catch(() => undefined);
  if (answer?.ok) config = (await answer.json()) as AppConfig;
}
