/** For tools that do not read such files themselves; vue-tsc does, and knows their props. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
