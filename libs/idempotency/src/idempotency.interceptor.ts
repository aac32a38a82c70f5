import { crashPoint } from '#crash-points';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { defer, firstValueFrom, from, type Observable } from 'rxjs';
import { ResultVoidedError, ClaimLostError, finishedClaim, type OwnedClaim, type StoredAnswer } from './claim.js';
import { fingerprintOf } from './fingerprint.js';
import { type ClaimRequest, Idempotency, type Taken } from './idempotency.js';
import { type GivenKey, InvalidKey, readKey } from './idempotency-key.js';
import { EpochChangedError } from './epoch-changed.js';
import { type IdempotencyOptions, OPTIONS, POLICY, type Policy, type WithClaim } from './policy.js';

/** What of Fastify's request and reply is needed. */
type Request = WithClaim & {
  readonly method: string;
  readonly raw: { readonly headersDistinct: Record<string, string[] | undefined> };
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly routeOptions: { readonly url?: string };
};
interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
}

const DAY_MS = 24 * 3_600_000;
/** A client whose server died gets its key back this much later; the lock lease's own length. */
const LEASE_MS = 5_000;
const WAIT_MS = 5_000;
/** A key that comes to nothing, is taken anew by another and comes to nothing again: once is rare, twice is not waited for. */
const TAKES = 3;

/**
 * The HTTP side of keys: reads them, replays finished ones, refuses running ones, and lets the claim go when the handler
 * fails. Nest runs interceptors before pipes, so a body that is not valid also passes here, and lets go the same way.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly idempotency: Idempotency,
    @Inject(OPTIONS) private readonly options: IdempotencyOptions,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const policy = this.reflector.getAllAndOverride<Policy | undefined>(POLICY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!policy) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const reply = context.switchToHttp().getResponse<Reply>();
    const handle = () => firstValueFrom(next.handle());
    return defer(() =>
      from(this.answer({ policy, request, reply, handle }).catch((error: unknown) => this.said(error))),
    );
  }

  private async answer(call: {
    policy: Policy;
    request: Request;
    reply: Reply;
    handle: () => Promise<unknown>;
  }): Promise<unknown> {
    const { policy, request, reply, handle } = call;
    const given = this.keyOf(request);
    const asked = this.ask(policy, request, given);
    if (!asked) {
      request.idempotencyClaim = await this.idempotency.withoutKey(this.options.epoch?.(request));
      return handle();
    }

    const byHandler = given ? given.contract === 'legacy' && policy.legacy === 'handler' : policy.derived === 'handler';
    const waits = byHandler && policy.waits !== false;
    for (let takes = 0; takes < TAKES; takes++) {
      const taken = waits
        ? await this.idempotency.takeOrWait(asked, this.options.waitMs ?? WAIT_MS)
        : await this.idempotency.take(asked);
      if (taken.is === 'ours') return this.work(asked, taken.claim, call);
      if (taken.is !== 'finished' && taken.is !== 'settled') throw this.refusal(taken, asked, waits);

      const { resource } = taken.is === 'settled' ? taken : taken.answer;
      request.idempotencyClaim = finishedClaim(resource);
      const told =
        byHandler || taken.is === 'settled' ? await settled(handle()) : { answer: send(reply, taken.answer) };
      if ('error' in told && told.error instanceof ResultVoidedError) {
        await this.idempotency.forget(asked.scope, resource);
        continue;
      }
      this.options.onRepeated?.(request, resource);
      reply.header('idempotent-replayed', 'true');
      if ('error' in told) throw told.error;
      return told.answer;
    }
    throw this.options.refuse({ why: 'waited-in-vain' });
  }

  private async work(
    asked: ClaimRequest,
    claim: OwnedClaim,
    { request, reply, handle }: { request: Request; reply: Reply; handle: () => Promise<unknown> },
  ): Promise<unknown> {
    crashPoint('claim.committed');
    request.idempotencyClaim = claim;
    return this.idempotency.work(asked, claim, async () => {
      const answer = await handle();
      await this.idempotency.settleUnlessDone(claim, answer);
      await this.idempotency.remember(asked, claim.settled!, claim.resource);
      crashPoint('answer.cached');
      return send(reply, claim.settled!);
    });
  }

  /** The library's own failures in the application's words. */
  private said(error: unknown): never {
    if (error instanceof ClaimLostError) throw this.options.refuse({ why: 'lost' });
    if (error instanceof EpochChangedError) throw this.options.refuse({ why: 'epoch-changed' });
    throw error;
  }

  private keyOf(request: Request): GivenKey | undefined {
    try {
      return readKey({ headers: request.raw.headersDistinct, body: request.body });
    } catch (error) {
      if (!(error instanceof InvalidKey)) throw error;
      throw this.options.refuse({ why: 'invalid', field: error.field, problem: error.problem });
    }
  }

  /** Undefined: there is no key, and none can be derived. */
  private ask(policy: Policy, request: Request, given: GivenKey | undefined): ClaimRequest | undefined {
    const caller = this.options.caller(request);
    if (caller === undefined) return undefined;
    if (!given && this.options.required) throw this.options.refuse({ why: 'missing' });
    if (!given && policy.derivedKeptMs === undefined) return undefined;

    const fingerprint = fingerprintOf(request);
    const route = request.routeOptions.url ?? '';
    const cachedFor = this.options.cachedFor?.(request);
    const who = { caller, method: request.method, ...(cachedFor ? { cachedFor } : {}) };
    const { outcomeOf } = this.options;
    const asSent = given?.asSent === undefined ? {} : { asSent: given.asSent };
    return {
      // What is derived is kept apart, so that no client can guess itself into it.
      scope: given
        ? { ...who, route, key: given.key, ...asSent }
        : { ...who, route: `${route} (derived)`, key: fingerprint },
      fingerprint,
      isDerived: !given,
      ...(outcomeOf ? { outcomeOf: (resource: string) => outcomeOf(request, resource) } : {}),
      // A handler can say that this is a repetition; without one there are no bytes to replay.
      ...(!given && policy.derived === 'handler' ? { endsMs: policy.derivedKeptMs! } : {}),
      keepMs: given ? (this.options.keepMs ?? DAY_MS) : policy.derivedKeptMs!,
      leaseMs: this.options.leaseMs ?? LEASE_MS,
      epoch: this.options.epoch?.(request),
      render: (answer) => this.options.render(answer, request),
    };
  }

  private refusal(taken: Taken, asked: ClaimRequest, waited: boolean): Error {
    if (taken.is === 'reused') return this.options.refuse({ why: 'reused' });
    if (waited) return this.options.refuse({ why: 'waited-in-vain' });
    return this.options.refuse({
      why: 'running',
      key: asked.isDerived ? null : asked.scope.key,
      retryAfterSeconds: Math.ceil(asked.leaseMs / 1000),
    });
  }
}

/** A refusal, such as a 409 with the payment that exists, is a repetition's answer too. */
async function settled(work: Promise<unknown>): Promise<{ answer: unknown } | { error: unknown }> {
  return work.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
}

/** The stored bytes as they are: the first answer and every replay are the same. */
function send(reply: Reply, answer: StoredAnswer): string {
  reply.code(answer.status).header('content-type', 'application/json; charset=utf-8');
  return answer.body;
}
