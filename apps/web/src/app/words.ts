import { computed, type ComputedRef } from 'vue';
import { type Language, language } from './language.js';

/**
 * The sentences of one page or component, each as a text or a function of what goes into it. English decides which there
 * are; Indonesian without one of them does not compile.
 */
export type Catalogue<Words> = { readonly en: Words } & Readonly<Record<Language, Words>>;

/** The words in the person's language, following it. */
export function useWords<Words>(catalogue: Catalogue<Words>): ComputedRef<Words> {
  return computed(() => catalogue[language.value]);
}
