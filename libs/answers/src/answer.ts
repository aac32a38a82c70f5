import { type AppError, ValidationFailed } from '#errors';
import { type Language, type MessageKey, say } from './language.js';

/** A use case's answer: an HTTP status, a sentence of the catalogue, and its data. */
export class Answer<Data = unknown> {
  private constructor(
    readonly status: number,
    readonly message: MessageKey,
    readonly data: Data,
    /** Members beside `data`, for the few answers whose clients need them at the top level. */
    readonly beside: Readonly<Record<string, unknown>> = {},
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {}

  static ok<Data>(
    message: MessageKey,
    data: Data,
    more: { beside?: Record<string, unknown>; params?: Record<string, string> } = {},
  ): Answer<Data> {
    return new Answer(200, message, data, more.beside, more.params);
  }

  static created<Data>(message: MessageKey, data: Data): Answer<Data> {
    return new Answer(201, message, data);
  }

  static unavailable<Data>(message: MessageKey, data: Data, params: Record<string, string>): Answer<Data> {
    return new Answer(503, message, data, {}, params);
  }
}

export interface Reader {
  readonly language: Language;
  readonly request_id: string;
}

/** Success: `{ status_code, message, request_id, data }`. */
export function renderAnswer(answer: Answer, reader: Reader): Record<string, unknown> {
  return {
    status_code: answer.status,
    message: say(reader.language, answer.message, answer.params),
    request_id: reader.request_id,
    data: answer.data,
    ...answer.beside,
  };
}

/** Failure: `{ status_code, code, error, message, request_id, data? }`. */
export function renderError(error: AppError, reader: Reader): Record<string, unknown> {
  const { status, code, title } = error.kind;
  const data = dataOf(error, reader.language);
  return {
    status_code: status,
    code,
    error: title,
    message: say(
      reader.language,
      error.reason ? `reasons.${error.reason}` : (`errors.${code}` as MessageKey),
      error.params,
    ),
    request_id: reader.request_id,
    ...(data === undefined ? {} : { data }),
  };
}

function dataOf(error: AppError, language: Language): unknown {
  if (error instanceof ValidationFailed) {
    // Without a prototype: a field may be called `constructor`.
    const fields = Object.create(null) as Record<string, string[]>;
    for (const fault of error.faults) {
      (fields[fault.field] ??= []).push(say(language, `field.${fault.rule}` as MessageKey, fault.params));
    }
    return { fields };
  }
  // Clients of the `legacy` contract recognise a duplicate by `data`, in the person's language.
  if (error.data?.type === 'existing') {
    const { type, payment_id, status, ...rest } = error.data;
    return { type, payment_id, status, message: say(language, 'payment.existing'), ...rest };
  }
  return error.data;
}
