import { ByDocument, type Json, operationsOf, reachOf } from './api-document.js';
import type { RecordedAnswer } from './recorded-answers.js';

/** A lie: something left out of a document, and by which answers it could be found out. */
interface Lie {
  readonly name: string;
  /** @returns how it is put back */
  readonly tell: () => () => void;
  readonly concerns: (answer: RecordedAnswer) => boolean;
}

/** Applies every mutation, one at a time. @returns those that no answer contradicts, and how many there were */
export function undetected(document: Json, answers: readonly RecordedAnswer[]): { lies: number; passed: string[] } {
  const lies = [...withoutStatuses(document, answers), ...withoutMembers(document)];
  const passed = lies.filter(({ tell, concerns }) => {
    const putBack = tell();
    const check = new ByDocument(document);
    const found = answers.some((one) => concerns(one) && check.faultsOfAnswer(one.route, one).length > 0);
    putBack();
    return !found;
  });
  return { lies: lies.length, passed: passed.map(({ name }) => name) };
}

const keyOf = ({ route, status }: { route: string; status: number | string }) => `${route} ${status}`;

/** Each status of each route that was answered. */
function withoutStatuses(document: Json, answers: readonly RecordedAnswer[]): Lie[] {
  const keys = new Set(answers.map(keyOf));
  return operationsOf(document).flatMap(({ route, operation }) =>
    Object.keys(operation.responses as Json)
      .filter((status) => keys.has(keyOf({ route, status })))
      .map((status): Lie => {
        const name = keyOf({ route, status });
        return {
          name,
          tell: () => leaveOut(operation.responses as Json, status),
          concerns: (one) => keyOf(one) === name,
        };
      }),
  );
}

/** Each member of each schema of answers: of those that have a name, and of those that stand in a route. */
function withoutMembers(document: Json): Lie[] {
  const named = document.components.schemas as Record<string, Json>;
  const responses = operationsOf(document).flatMap(({ route, operation }) =>
    Object.entries(operation.responses as Record<string, Json>).map(([status, { content }]) => {
      return { key: keyOf({ route, status }), content, reached: reachOf(content, named) };
    }),
  );
  const reached = new Map(responses.map(({ key, reached }) => [key, reached]));
  const ofAnswers = new Set(responses.flatMap(({ reached }) => [...reached]));
  return [
    ...responses.flatMap(({ key, content }) => membersOf(content, key, (answer) => keyOf(answer) === key)),
    ...[...ofAnswers].flatMap((name) =>
      membersOf(named[name], name, (answer) => reached.get(keyOf(answer))?.has(name) ?? false),
    ),
  ];
}

function membersOf(schema: unknown, name: string, concerns: Lie['concerns']): Lie[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as Json).properties as Json | undefined;
  return [
    ...Object.keys(own ?? {}).map((member): Lie => {
      return { name: `${name}.${member}`, tell: () => leaveOutMember(schema, member), concerns };
    }),
    ...Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
      membersOf(value, key === 'properties' ? name : `${name}.${key}`, concerns),
    ),
  ];
}

function leaveOutMember(schema: Json, member: string): () => void {
  const required = schema.required as string[] | undefined;
  const putBack = leaveOut(schema.properties as Json, member);
  schema.required = required?.filter((one) => one !== member) ?? [];
  return () => {
    putBack();
    schema.required = required ?? [];
  };
}

function leaveOut(from: Json, key: string): () => void {
  const value: unknown = from[key];
  delete from[key];
  return () => {
    from[key] = value;
  };
}
