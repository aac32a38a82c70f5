import i18next from 'i18next';
import Negotiator from 'negotiator';
import { en, type Catalogue } from './catalogue/en.js';
import { id } from './catalogue/id.js';

export type Language = 'en' | 'id';

const LANGUAGES: Language[] = ['en', 'id'];

/**
 * `payment.created`, `errors.FORBIDDEN`, …: every key of the catalogue, so that a missing sentence does not compile.
 */
export type MessageKey = {
  [Section in keyof Catalogue]: `${Section}.${string & keyof Catalogue[Section]}`;
}[keyof Catalogue];

const catalogues = i18next.createInstance();
void catalogues.init({
  initAsync: false,
  resources: { en: { translation: en }, id: { translation: id } },
  supportedLngs: LANGUAGES,
  fallbackLng: 'en',
  // The sentences go into JSON, not into HTML; the client that shows them escapes them.
  interpolation: { escapeValue: false },
});

/** The language a person asked for (RFC 9110, 12.5.4); English unless they prefer Indonesian. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  return (acceptLanguage && negotiate(acceptLanguage)) || 'en';
}

/**
 * The language only if it is their first choice, for clients that may support languages that we do not; "any" (`*`)
 * names none.
 */
export function askedLanguage(acceptLanguage: string | undefined): Language | null {
  const [best] = new Negotiator({ headers: { 'accept-language': acceptLanguage ?? '' } }).languages();
  return LANGUAGES.find((one) => one === best?.toLowerCase().split('-')[0]) ?? null;
}

function negotiate(acceptLanguage: string): Language | null {
  const chosen = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language(LANGUAGES);
  return LANGUAGES.find((one) => one === chosen) ?? null;
}

/** A sentence for a person. Text from outside inside `params` is inserted unchanged and never interpreted. */
export function say(
  language: Language,
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return catalogues.t(key, { lng: language, ...params, skipOnVariables: true });
}
