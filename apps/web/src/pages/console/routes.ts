import type { RouteRecordRaw } from 'vue-router';

/** The screens of the console, below /console. */
export const consoleRoutes: RouteRecordRaw[] = [
  { path: '', name: 'console', component: () => import('./payments/PaymentsSection.vue') },
  { path: 'payments', redirect: { name: 'console' } },
  {
    path: 'payments/:id(\\d{1,15})',
    name: 'console-payment',
    component: () => import('./payments/PaymentSection.vue'),
  },
  { path: 'transfers', name: 'console-transfers', component: () => import('./transfers/TransfersSection.vue') },
  {
    path: 'transfers/:id(\\d{1,15})',
    name: 'console-transfer',
    component: () => import('./transfers/TransferSection.vue'),
  },
  { path: 'refunds', name: 'console-refunds', component: () => import('./refunds/RefundsSection.vue') },
  { path: 'webhooks', name: 'console-webhooks', component: () => import('./webhooks/WebhooksSection.vue') },
  {
    path: 'webhooks/:id(\\d{1,15})',
    name: 'console-webhook',
    component: () => import('./webhooks/WebhookSection.vue'),
  },
  { path: 'locks', name: 'console-locks', component: () => import('./machinery/LocksSection.vue') },
  { path: 'keys', name: 'console-keys', component: () => import('./machinery/KeysSection.vue') },
];
