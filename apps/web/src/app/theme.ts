import { ref, watchEffect } from 'vue';
import { keptForBrowser } from './stored-values.js';

export type Theme = 'light' | 'dark';

const kept = keptForBrowser('theme');
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const chosen = ref(themeOf(kept.get()));
const system = ref<Theme>(systemIsDark.matches ? 'dark' : 'light');
systemIsDark.addEventListener('change', ({ matches }) => (system.value = matches ? 'dark' : 'light'));

/** The current theme: the user's choice, or the system's. */
export const currentTheme = () => chosen.value ?? system.value;

/** Switches the theme; choosing the system's theme follows the system again. */
export function toggleTheme(): void {
  const other = currentTheme() === 'dark' ? 'light' : 'dark';
  chosen.value = other === system.value ? undefined : other;
  kept.set(chosen.value);
}

watchEffect(() => {
  if (chosen.value) document.documentElement.dataset.theme = chosen.value;
  else delete document.documentElement.dataset.theme;
});

function themeOf(word: string | undefined): Theme | undefined {
  return word === 'light' || word === 'dark' ? word : undefined;
}
