import { CONTRACT, type Promised } from '#answers';
import { PUBLIC, type Role, ROLES } from '#auth';
import { POLICY } from '#idempotency';
import type { Schema } from '#validation';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';

/** What the decorators of a route declare. */
export interface RouteFacts {
  readonly promised: Promised;
  readonly isPublic: boolean;
  readonly roles: readonly Role[] | undefined;
  readonly takesKeys: boolean;
  /** It is a POST or a PATCH. */
  readonly writes: boolean;
  /** Its path has parameters that are validated. */
  readonly checksAddress: boolean;
  /** The schemas of its path parameters, from their pipes. */
  readonly parts: ReadonlyMap<string, Schema>;
}

interface Argument {
  readonly data?: unknown;
  readonly pipes: readonly { readonly schema?: Schema }[];
}

/** @throws when a route has no contract: it would be missing from the document */
export function factsOf(controller: Type, name: string): RouteFacts {
  const handler = (controller.prototype as Record<string, object>)[name]!;
  const read = <Value>(key: symbol) =>
    (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as Value | undefined;
  const promised = read<Promised>(CONTRACT);
  if (!promised) throw new Error(`${controller.name}.${name} has no @Contract`);
  const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<string, Argument>;
  const of = (kind: RouteParamtypes) =>
    Object.entries(given).flatMap(([key, argument]) => (key.startsWith(`${kind}:`) ? [argument] : []));
  const parts = of(RouteParamtypes.PARAM).flatMap(({ data, pipes }) => {
    const schema = pipes[0]?.schema;
    return schema ? [[String(data), schema] as const] : [];
  });
  return {
    promised,
    isPublic: read<boolean>(PUBLIC) ?? false,
    roles: read<Role[]>(ROLES),
    takesKeys: read(POLICY) !== undefined,
    writes: Reflect.getMetadata(METHOD_METADATA, handler) !== RequestMethod.GET,
    checksAddress: parts.length > 0 || of(RouteParamtypes.QUERY).length > 0,
    parts: new Map(parts),
  };
}
