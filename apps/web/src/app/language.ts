import { ref, watchEffect } from 'vue';
import { keptForBrowser } from './stored-values.js';

export type Language = 'en' | 'id';
export const LANGUAGES: readonly { readonly value: Language; readonly label: string; readonly name: string }[] = [
  { value: 'en', label: 'EN', name: 'English' },
  { value: 'id', label: 'ID', name: 'Bahasa Indonesia' },
];

const kept = keptForBrowser('language');

/** The user's choice, or the browser's preference. Also sent to the server as the language of messages. */
export const language = ref<Language>(firstOf([kept.get(), ...navigator.languages]));

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  kept.set(chosen);
}

watchEffect(() => {
  document.documentElement.lang = language.value;
});

function firstOf(preferences: readonly (string | undefined)[]): Language {
  for (const language of preferences) {
    if (/^id\b/i.test(language ?? '')) return 'id';
    if (/^en\b/i.test(language ?? '')) return 'en';
  }
  return 'en';
}
