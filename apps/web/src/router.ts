import { createRouter, createWebHistory } from 'vue-router';
import { appConfig } from './app/config.js';
import { consoleRoutes } from './pages/console/routes.js';

/** Pages are loaded on demand: payers do not load the console. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/pay' },
    { path: '/pay', name: 'pay', component: () => import('./pages/pay/PayPage.vue') },
    {
      path: '/console',
      component: () => import('./pages/console/ConsolePage.vue'),
      meta: { page: 'console' },
      children: consoleRoutes,
    },
    {
      path: '/lab',
      name: 'lab',
      component: () => import('./pages/lab/LabPage.vue'),
      beforeEnter: () => appConfig().lab || { name: 'pay' },
    },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NotFound.vue') },
  ],
});
