import { ref, watchEffect } from 'vue';
import { keptForBrowser } from './stored-values.js';

export type Language = 'en' | 'id';
export const LANGUAGES: readonly { readonly value: Language; readonly label: string; readonly name: string }[] = [
  { value: 'en', label: 'EN', name: 'English' },
  { value: 'id', label: 'ID', name: 'Bahasa Indonesia' },
];

const kept = keptForBrowser('language');

/** The person's: what they chose, or what their browser prefers. Also sent to the server, whose sentences follow it. */
export const language = ref<Language>(firstOf([kept.get(), ...navigator.languages]));

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  kept.set(chosen);
}

watchEffect(() => {
  document.documentElement.lang = language.value;
});

function firstOf(wished: readonly (string | undefined)[]): Language {
  for (const wish of wished) {
    if (/^id\b/i.test(wish ?? '')) return 'id';
    if (/^en\b/i.test(wish ?? '')) return 'en';
  }
  return 'en';
}
