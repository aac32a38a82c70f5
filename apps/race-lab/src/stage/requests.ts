import type { ClientLane, NewStep } from '../lab-events.js';

const MAX_REQUEST_MS = 15_000;

/** A reply; `status` 0 means that there was none. */
export interface Reply {
  readonly status: number;
  readonly retry_after: boolean;
  readonly replayed: boolean;
  readonly body: {
    readonly code?: string;
    readonly data?: {
      readonly payment_id?: number;
      readonly checkout?: { readonly session_id: string } | null;
      readonly type?: string;
    };
  };
}

export interface NumberedReply extends Reply {
  readonly request: number;
}

export interface PaymentInput {
  readonly by: ClientLane;
  readonly to: string;
  readonly key: string;
  readonly body: object;
  readonly token: string;
}

/** Sends the patient's requests: numbers them, reports them and their replies, and counts both. */
export class Requests {
  readonly replies: NumberedReply[] = [];
  private readonly answers: Record<string, number> = {};
  private readonly numbers = new Map<string, number>();
  private readonly open = new Set<Promise<Reply>>();

  constructor(
    private readonly run_id: string,
    private readonly report: (step: NewStep) => void,
  ) {}

  /** Never rejects: a missing reply has status 0. */
  pay(input: PaymentInput): Promise<Reply> {
    const request = this.numbers.size + 1;
    const id = `lab-${this.run_id}-${request}`;
    this.numbers.set(id, request);
    this.report({ from: input.by, to: 'api', what: 'sent', request });
    const reply = this.send(input, id).then((answer) => {
      const { status } = answer;
      this.replies.push({ ...answer, request });
      const name = status === 0 ? 'lost' : String(status);
      this.answers[name] = (this.answers[name] ?? 0) + 1;
      if (status === 0) this.report({ from: 'api', to: input.by, what: 'connection_lost', request });
      else this.report({ from: 'api', to: input.by, what: 'answered', request, facts: { status } });
      return answer;
    });
    this.open.add(reply);
    void reply.finally(() => this.open.delete(reply));
    return reply;
  }

  /** The number of a request, by its request id in the servers' log. */
  numberOf = (request_id: string): number | undefined => this.numbers.get(request_id);

  sent = (): number => this.numbers.size;

  count = (): Readonly<Record<string, number>> => ({ ...this.answers });

  /** The number of different pages whose address the patient got. */
  sessionsShown(): number {
    return new Set(this.replies.flatMap(({ body }) => body.data?.checkout?.session_id ?? [])).size;
  }

  async allAnswered(): Promise<void> {
    await Promise.all(this.open);
  }

  private async send({ to, key, body, token }: PaymentInput, id: string): Promise<Reply> {
    try {
      const answer = await fetch(`${to}/api/v1/payments`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'idempotency-key': key,
          'x-request-id': id,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(MAX_REQUEST_MS),
      });
      const read = (await answer.json()) as Reply['body'];
      const { status, headers } = answer;
      return {
        status,
        retry_after: headers.has('retry-after'),
        replayed: headers.has('idempotent-replayed'),
        body: read,
      };
    } catch {
      return { status: 0, retry_after: true, replayed: false, body: {} };
    }
  }
}
