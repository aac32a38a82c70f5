import type { Stripe } from 'stripe';
import { EXPANDABLE } from './expandable.js';
import { StripeError } from './stripe-error.js';
import type { StripeObject, World } from './world.js';

/** https://docs.stripe.com/expand#how-it-works: four levels at most; `data` of a list is one of them. */
const DEEPEST = 4;

/** What a route answers: one object of this kind, or a list of them. */
export interface Answers {
  readonly kind: string;
  readonly list: boolean;
}

/**
 * Judged before anything is done, so that a misspelt `expand` has no effect.
 * https://docs.stripe.com/api/expanding_objects
 * @throws StripeError for what cannot be expanded.
 */
export function checkExpand({ kind, list }: Answers, wanted: readonly string[] = []): void {
  for (const words of wanted) {
    const steps = words.split('.');
    if (steps.length > DEEPEST) {
      throw new StripeError(400, `You cannot expand more than ${DEEPEST} levels of a property. Property: ${words}`, {
        code: 'property_expansion_max_depth',
      });
    }
    if (list && (steps.shift() !== 'data' || steps.length === 0)) throw notExpandable(words);
    checkSteps([kind], steps, words);
  }
}

function checkSteps(kinds: readonly string[], [step, ...rest]: string[], words: string): void {
  if (step === undefined) return;
  const targets = kinds.map((kind) => EXPANDABLE[kind]?.[step]).filter((target) => target !== undefined);
  if (targets.length === 0) throw notExpandable(words);
  if (targets.some((target) => target.missing)) {
    throw new StripeError(400, `This simulator does not simulate the expansion: ${words}`, { param: 'expand' });
  }
  if (targets.every((target) => target.part) && rest.length === 0) throw notExpandable(words);
  const included = targets.some((target) => target.included);
  if (included && rest.length > 0 && rest[0] !== 'data') throw notExpandable(words);
  checkSteps(
    targets.flatMap((target) => target.kinds),
    included ? rest.slice(1) : rest,
    words,
  );
}

/** The answer with ids replaced by objects; `wanted` was validated by `checkExpand`. */
export function expanded(world: World, body: StripeObject, wanted: readonly string[] = []): StripeObject {
  return wanted.reduce<StripeObject>((object, words) => expandOne(world, object, words.split('.')), body);
}

function expandOne(world: World, object: StripeObject, [step, ...rest]: string[]): StripeObject {
  if (step === undefined) return object;
  if (object.object === 'list') {
    const list = object as StripeObject & Stripe.ApiList<StripeObject>;
    return { ...list, data: list.data.map((item) => expandOne(world, item, rest)) } as StripeObject;
  }
  const expandable = EXPANDABLE[object.object]?.[step];
  const now = (object as unknown as Record<string, unknown>)[step];
  // Already expanded by another path, or nothing to expand.
  const whole =
    typeof now === 'object' && now !== null
      ? (now as StripeObject)
      : typeof now === 'string' || expandable?.included
        ? expandable?.find(world, String(now), object)
        : undefined;
  return whole ? { ...object, [step]: expandOne(world, whole, rest) } : object;
}

function notExpandable(words: string): StripeError {
  return new StripeError(400, `This property cannot be expanded (${words}).`, { param: 'expand' });
}
