import { createApp } from 'vue';
import PaymentForm from './PaymentForm.vue';

/** `?consultation=5&amount=5000&lang=id`: what a page of yours knows by itself. */
const asked = new URLSearchParams(location.search);
document.documentElement.lang = asked.get('lang') ?? navigator.language;
createApp(PaymentForm, {
  consultationId: Number(asked.get('consultation')),
  amount: Number(asked.get('amount')),
}).mount('#app');
