import { computed, onScopeDispose, shallowRef } from 'vue';
import type { PaymentClient } from './client.js';
import { createPaymentFlow, type FlowOptions, type FlowState, type PayResult } from './flow.js';

/**
 * The state of one button for a Vue component. When the component unmounts, the waiting ends. The intent remains, and
 * the same payment later, even after a reload, resumes it.
 */
export function usePayment(client: PaymentClient, options?: FlowOptions) {
  const flow = createPaymentFlow(client, options);
  const state = shallowRef<FlowState>(flow.state);
  const unsubscribe = flow.subscribe((next) => (state.value = next));
  onScopeDispose(() => {
    unsubscribe();
    flow.dispose();
  });
  return {
    state,
    phase: computed(() => state.value.phase),
    /** For the button. */
    disabled: computed(() => ['sending', 'retrying', 'redirecting'].includes(state.value.phase)),
    result: computed(() => state.value.result as PayResult | undefined),
    error: computed(() => state.value.error),
    pay: flow.pay,
    run: flow.run,
    cancel: flow.cancel,
    reset: flow.reset,
  };
}

export type { FlowOptions, FlowState, PayResult } from './flow.js';
