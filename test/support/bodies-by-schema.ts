import type { Json } from './api-document.js';

/** A body made of a schema, and the field it is about; `body` where it is about the whole. */
export interface MadeBody {
  readonly name: string;
  readonly field: string;
  readonly body: unknown;
}

type Valued = [name: string, value: unknown];

const OF_EVERY_TYPE: readonly Valued[] = [
  ['null', null],
  ['a truth', true],
  ['a whole number', 7],
  ['a fraction', 1.5],
  ['a text', 'seven'],
  ['digits as text', '7'],
  ['a list', ['seven']],
  ['an object', { seven: 7 }],
];

/** Every class of bodies that a schema distinguishes, each derived from a valid one. */
export function bodiesOf(schema: Json, good: Json): MadeBody[] {
  const properties = Object.fromEntries(
    Object.entries(schema.properties as Record<string, Json>).map(([field, property]) => [
      field,
      withoutNull(property),
    ]),
  );
  const around = Object.entries(properties).flatMap(([field, property]) =>
    [...OF_EVERY_TYPE, ...valuesOf(property)].map(([name, value]): MadeBody => {
      return { name, field, body: { ...good, [field]: value } };
    }),
  );
  const without = Object.keys(good).map((field): MadeBody => {
    return {
      name: 'a member left out',
      field,
      body: Object.fromEntries(Object.entries(good).filter(([n]) => n !== field)),
    };
  });
  const unknown = ['admin', 'constructor', 'id_', 'Amount'].map((field): MadeBody => {
    return { name: 'an unknown member', field, body: { ...good, [field]: 1 } };
  });
  const both = Object.keys(properties).map((field): MadeBody => {
    return { name: 'one more member', field, body: { ...good, [field]: good[field] ?? firstOf(properties[field]!) } };
  });
  const wholes = [{}, [], 'text', 7, null].map((body): MadeBody => ({ name: 'another whole', field: 'body', body }));
  return [{ name: 'good', field: 'body', body: good }, ...around, ...without, ...unknown, ...both, ...wholes];
}

/** What a property is when it is given; null, which stands for its absence, is tried with every other type. */
function withoutNull(property: Json): Json {
  const { type, enum: values } = property as { type?: unknown; enum?: unknown[] };
  return {
    ...property,
    ...(Array.isArray(type) ? { type: (type as string[]).find((one) => one !== 'null') } : {}),
    ...(values ? { enum: values.filter((one) => one !== null) } : {}),
  };
}

const firstOf = (property: Json): unknown =>
  property.enum?.[0] ?? (property.type === 'integer' ? property.minimum : property.type === 'object' ? {} : 'x');

function valuesOf(property: Json): Valued[] {
  if (property.enum)
    return [...(property.enum as string[]).map((one): Valued => ['one of', one]), ['none of', 'no-such']];
  if (property.type === 'integer') return boundsOfNumber(property.minimum as number, property.maximum as number);
  if (property.type === 'object') return metadata(property);
  return texts(property);
}

function boundsOfNumber(min: number, max: number): Valued[] {
  return [
    ['min - 1', min - 1],
    ['min', min],
    ['max', max],
    ['max + 1', max + 1],
  ];
}

/** Lengths around the bounds, in the form of the field; what stands in no text; characters of two halves. */
function texts(property: Json): Valued[] {
  const { minLength = 1, maxLength = 255, format } = property;
  const uri = format === 'uri';
  const email = /@/.test(property.pattern as string);
  const [head, least] = uri ? [ownAddress, ownAddress.length] : email ? ['a@', 3] : ['', minLength as number];
  const long = (length: number, of = 'x') => head + of.repeat(Math.max(0, length - head.length));
  return [
    ['min - 1', uri ? 'http://' : long(least - 1)],
    ['min', long(least)],
    ['max', long(maxLength as number)],
    ['max + 1', long((maxLength as number) + 1)],
    ['capitals', long(least).toUpperCase()],
    ['blanks at the ends', ` ${long(least)} `],
    ['a control character', `${long(least)}\u0007`],
    ['half a character', `${long(least)}\ud800`],
    ['as many characters of two halves as fit', head + '😀'.repeat((maxLength as number) - head.length)],
    ['one more of them', head + '😀'.repeat((maxLength as number) - head.length + 1)],
  ];
}

/** Return URLs of the API under test: another origin is refused as such, not for its format. */
export const ownAddress = 'http://127.0.0.1:3000/';

function metadata(property: Json): Valued[] {
  const entries = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${i}`, 'v']));
  const name = property.propertyNames.maxLength as number;
  const value = property.additionalProperties.maxLength as number;
  return [
    ['max', entries(property.maxProperties as number)],
    ['max + 1', entries((property.maxProperties as number) + 1)],
    ['names and values: max', { ['n'.repeat(name)]: 'v'.repeat(value) }],
    ['names: max + 1', { ['n'.repeat(name + 1)]: 'v' }],
    ['names: min - 1', { '': 'v' }],
    ['values: max + 1', { n: 'v'.repeat(value + 1) }],
    ['values of another type', { n: 7 }],
    ['a name that every object has', { constructor: 'v' }],
    ['a control character', { n: '\u0000' }],
  ];
}
