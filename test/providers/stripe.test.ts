import { describeProvider } from './conformance.js';
import { openStripe, STRIPE } from './open-stripe.js';

describeProvider('stripe', STRIPE, openStripe);
