import { computed, type ComputedRef } from 'vue';
import { type Language, language } from './language.js';

/**
 * The texts of one page or component, each a string or a function. English defines which there are; Indonesian without
 * one of them does not compile.
 */
export type Catalogue<Words> = { readonly en: Words } & Readonly<Record<Language, Words>>;

/** The texts in the user's language; reactive. */
export function useWords<Words>(catalogue: Catalogue<Words>): ComputedRef<Words> {
  return computed(() => catalogue[language.value]);
}
