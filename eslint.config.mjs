import { defineConfig } from 'eslint/config';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** The components, whose templates and types oxlint does not read; all else is oxlint's (`.oxlintrc.json`). */
export default defineConfig(
  {
    ignores: [
      '**/*',
      ...['!apps/', '!apps/web/', '!apps/web/src/', '!apps/web/src/**'],
      ...['!docs/', '!docs/examples/', '!docs/examples/**'],
    ],
  },
  {
    files: ['apps/web/src/**/*.vue', 'docs/examples/**/*.vue'],
    extends: [tseslint.configs.recommendedTypeChecked, vue.configs['flat/recommended']],
    languageOptions: {
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A prop is spelled as the wire spells it.
      'vue/prop-name-casing': 'off',
      'vue/attribute-hyphenation': 'off',
      // How it is laid out is prettier's.
      'vue/max-attributes-per-line': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      // A prop that may be left out is undefined then, and its type says so.
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
);
