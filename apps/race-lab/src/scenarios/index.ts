import { duplicateWebhooks } from './duplicate-webhooks.js';
import { impatientBalancer } from './impatient-balancer.js';
import { lostAnswer } from './lost-answer.js';
import { rapidClicks } from './rapid-clicks.js';
import { redisDown } from './redis-down.js';
import type { Scenario } from './scenario.js';
import { serverKilled } from './server-killed.js';
import { twoDevices } from './two-devices.js';
import { webhookFirst } from './webhook-first.js';

export type { Scenario } from './scenario.js';

/** The four attack scenarios, then other failures that can happen to a payment. */
export const SCENARIOS: readonly Scenario[] = [
  rapidClicks,
  lostAnswer,
  twoDevices,
  impatientBalancer,
  webhookFirst,
  duplicateWebhooks,
  redisDown,
  serverKilled,
];
