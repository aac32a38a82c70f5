import { crashPoint } from '#crash-points';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { defer, firstValueFrom, from, type Observable } from 'rxjs';
import {
  ResultVoidedError,
  ClaimLostError,
  finishedClaim,
  KeyInUseError,
  type OwnedClaim,
  type StoredAnswer,
} from './claim.js';
import { fingerprintOf } from './fingerprint.js';
import { type ClaimRequest, Idempotency, type ClaimResult } from './idempotency.js';
import { type GivenKey, InvalidKey, readKey } from './idempotency-key.js';
import { EpochChangedError } from './epoch-changed.js';
import { type IdempotencyOptions, OPTIONS, POLICY, type Policy, type WithClaim } from './policy.js';

/** The members of Fastify's request and reply that are used. */
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
/** The key of a process that died can be claimed again after this time. As long as a lock's lease. */
const LEASE_MS = 5_000;
const WAIT_MS = 5_000;
/**
 * How often the key is claimed for one request. A key can be voided, claimed by another request and voided again.
 * Once is rare; a second time is not waited for.
 */
const TAKES = 3;

/**
 * The HTTP side of keys: reads them, replays finished ones, refuses running ones, and releases the claim when the
 * handler fails. Nest runs interceptors before pipes, so an invalid body also passes here, and its claim is released
 * the same way.
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
      from(this.answer({ policy, request, reply, handle }).catch((error: unknown) => this.throwConverted(error))),
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
    const claimRequest = this.claimRequestOf(policy, request, given);
    if (!claimRequest) {
      request.idempotencyClaim = await this.idempotency.withoutKey(this.options.epoch?.(request));
      return handle();
    }

    const byHandler = given ? given.contract === 'legacy' && policy.legacy === 'handler' : policy.derived === 'handler';
    const waits = byHandler && policy.waits !== false;
    let joins = policy.joins === true;
    for (let takes = 0; takes < TAKES; takes++) {
      const taking = { ...claimRequest, joins };
      const result = waits
        ? await this.idempotency.takeOrWait(taking, this.options.waitMs ?? WAIT_MS)
        : await this.idempotency.take(taking);
      if (result.is === 'ours') {
        try {
          return await this.work(claimRequest, result.claim, call);
        } catch (error) {
          if (!(error instanceof KeyInUseError) || !joins) throw error;
          joins = false;
          continue;
        }
      }
      if (result.is !== 'finished' && result.is !== 'settled') throw this.refusal(result, claimRequest, waits);

      const { resource } = result.is === 'settled' ? result : result.answer;
      request.idempotencyClaim = finishedClaim(resource);
      const repetition =
        byHandler || result.is === 'settled' ? await settled(handle()) : { answer: send(reply, result.answer) };
      if ('error' in repetition && repetition.error instanceof ResultVoidedError) {
        await this.idempotency.forget(claimRequest.scope, resource);
        continue;
      }
      this.options.onRepeated?.(request, resource);
      reply.header('idempotent-replayed', 'true');
      if ('error' in repetition) throw repetition.error;
      return repetition.answer;
    }
    throw this.options.refuse({ why: 'waited-in-vain' });
  }

  private async work(
    claimRequest: ClaimRequest,
    claim: OwnedClaim,
    { request, reply, handle }: { request: Request; reply: Reply; handle: () => Promise<unknown> },
  ): Promise<unknown> {
    if (claim.isStored) crashPoint('claim.committed');
    request.idempotencyClaim = claim;
    return this.idempotency.work(claimRequest, claim, async () => {
      const answer = await handle();
      await this.idempotency.settleUnlessDone(claim, answer);
      // Not awaited: a request that misses the cache reads Postgres.
      void this.idempotency.cacheAnswer(claimRequest, claim.settled!, claim.resource);
      crashPoint('answer.cached');
      return send(reply, claim.settled!);
    });
  }

  /** Converts the library's errors to the application's. */
  private throwConverted(error: unknown): never {
    if (error instanceof ClaimLostError) throw this.options.refuse({ why: 'lost', cause: error });
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

  /** Undefined: the request has no key, and none can be derived. */
  private claimRequestOf(policy: Policy, request: Request, given: GivenKey | undefined): ClaimRequest | undefined {
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
      // Derived keys have their own scope, so that no client can send one.
      scope: given
        ? { ...who, route, key: given.key, ...asSent }
        : { ...who, route: `${route} (derived)`, key: fingerprint },
      fingerprint,
      isDerived: !given,
      ...(outcomeOf ? { outcomeOf: (resource: string) => outcomeOf(request, resource) } : {}),
      // A handler can report a repetition. Without a stored answer, there are no bytes to replay.
      ...(!given && policy.derived === 'handler' ? { endsMs: policy.derivedKeptMs! } : {}),
      keepMs: given ? (this.options.keepMs ?? DAY_MS) : policy.derivedKeptMs!,
      leaseMs: this.options.leaseMs ?? LEASE_MS,
      epoch: this.options.epoch?.(request),
      afterCommit: this.options.afterCommit,
      render: (answer) => this.options.render(answer, request),
    };
  }

  private refusal(result: ClaimResult, claimRequest: ClaimRequest, waited: boolean): Error {
    if (result.is === 'reused') return this.options.refuse({ why: 'reused' });
    if (waited) return this.options.refuse({ why: 'waited-in-vain' });
    return this.options.refuse({
      why: 'running',
      key: claimRequest.isDerived ? null : claimRequest.scope.key,
      retryAfterSeconds: Math.ceil(claimRequest.leaseMs / 1000),
    });
  }
}

/** A refusal, such as a 409 with the existing payment, can also be the answer to a repetition. */
async function settled(work: Promise<unknown>): Promise<{ answer: unknown } | { error: unknown }> {
  return work.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
}

/** Sends the stored bytes unchanged: the first answer and every replay are the same. */
function send(reply: Reply, answer: StoredAnswer): string {
  reply.code(answer.status).header('content-type', 'application/json; charset=utf-8');
  return answer.body;
}
