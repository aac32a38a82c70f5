import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './app/theme.js';
import { createApp } from 'vue';
import { loadConfig } from './app/config.js';
import App from './App.vue';
import { router } from './router.js';

await loadConfig();
createApp(App).use(router).mount('#app');
