import { operationsOf, type Content, type Document, type Operation, type Parameter, type Plain } from './operations';

/** A file of Java by its name. */
export type Files = Readonly<Record<string, string>>;

const types: Readonly<Record<Plain, string>> = {
  text: 'String',
  id: 'String',
  time: 'String',
  integer: 'long',
  number: 'double',
  truth: 'boolean',
  texts: 'List<String>',
};

/** What nothing in Java may be called. */
export const keywords: ReadonlySet<string> = new Set(
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while'.split(
    ' ',
  ),
);
/** Beside them what every object of Java has already, and what stands in each signature. */
const reserved: ReadonlySet<string> = new Set([...keywords, 'wait', 'notify', 'body', 'query', 'put']);

const nameOf = (name: string): string => (reserved.has(name) ? `${name}_` : name);
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const typeOf = (content: Content): string => {
  if ('model' in content) return content.model;
  if ('media' in content) return 'byte[]';
  return content.fields === 'form' ? 'Map<String, String>' : 'Map<String, Object>';
};

const hasQuery = ({ inQuery }: Operation): boolean => inQuery.length > 0;
const queryOf = ({ name }: Operation): string => `${capital(name)}Query`;

/** Of several kinds of files, which it is. */
const isFile = ({ body }: Operation): boolean => body !== undefined && 'media' in body;

const setterOf = (query: string, { name, type }: Parameter): string => `
    public ${query} ${nameOf(name)}(${types[type]} value) {
      put("${name}", value);
      return this;
    }
`;

const queryClassOf = (operation: Operation): string => `
  /** What {@link #${nameOf(operation.name)}} may be asked with; whatever is not set is left out. */
  public static final class ${queryOf(operation)} extends Query {${operation.inQuery.map((each) => setterOf(queryOf(operation), each)).join('')}  }
`;

const placesOf = (operation: Operation, isPreview: boolean): readonly string[] => [
  ...operation.inPath.map(({ name, type }) => `${types[type]} ${nameOf(name)}`),
  ...(operation.body ? [`${typeOf(operation.body)} body`] : []),
  ...(isFile(operation) ? ['String contentType'] : []),
  ...(hasQuery(operation) ? [`${queryOf(operation)} query`] : []),
  ...(operation.isKeyed && !isPreview ? ['String idempotencyKey'] : []),
];

const pathOf = ({ path }: Operation): string =>
  `"${path}"`.replace(/\{(\w+)\}/g, (_, name: string) => `" + Call.part(${nameOf(name)}) + "`).replace(/ \+ ""$/, '');

const callOf = (operation: Operation, isPreview: boolean): string =>
  [
    `Call.of("${operation.method}", ${pathOf(operation)})`,
    ...(operation.body ? [isFile(operation) ? '.file(body, contentType)' : '.body(body)'] : []),
    ...(hasQuery(operation) ? ['.query(query)'] : []),
    ...(operation.isKeyed && !isPreview ? ['.idempotencyKey(idempotencyKey)'] : []),
    ...(operation.isConditional ? ['.ifMatch(ifMatch)'] : []),
    ...(isPreview ? ['.preview()'] : []),
  ].join('');

const methodWith = (operation: Operation, isPreview: boolean, places: readonly string[], call: string): string => {
  const answer = isPreview ? 'Preview' : typeOf(operation.answer);
  const name = isPreview ? `preview${capital(operation.name)}` : nameOf(operation.name);
  const summary = isPreview ? 'What it would do; it does nothing.' : operation.summary.replaceAll('*/', '* /').replaceAll('@', '&#64;');
  return `
  /** ${summary} */
  public Answer<${answer}> ${name}(${places.join(', ')}) throws InterruptedException {
    return transport.send(${call}, ${answer}.class);
  }
`;
};

/** A method, and where it may be told what it speaks of, another one with `ifMatch`. */
const methodOf = (operation: Operation, isPreview: boolean): string => {
  const places = placesOf(operation, isPreview);
  const whole = callOf(operation, isPreview);
  if (!operation.isConditional) return methodWith(operation, isPreview, places, whole);
  const anyhow = callOf({ ...operation, isConditional: false }, isPreview);
  return methodWith(operation, isPreview, places, anyhow) + methodWith(operation, isPreview, [...places, 'String ifMatch'], whole);
};

const HEAD = `// Made of the OpenAPI document.
package io.cartage.commands;

import io.cartage.api.*;
import io.cartage.client.Answer;
import io.cartage.client.Call;
import io.cartage.client.Query;
import io.cartage.client.Transport;
import java.util.List;
import java.util.Map;
`;

const groupOf = (group: string, operations: readonly Operation[]): string => `${HEAD}
public final class ${group} {
${operations.filter(hasQuery).map(queryClassOf).join('')}
  private final Transport transport;

  ${group}(Transport transport) {
    this.transport = transport;
  }
${operations.flatMap((each) => [methodOf(each, false), ...(each.isPreviewed ? [methodOf(each, true)] : [])]).join('')}}
`;

const fieldOf = (group: string): string => group.charAt(0).toLowerCase() + group.slice(1);

const rootOf = (groups: readonly string[]): string => `${HEAD}
/** Every command and question of Cartage, typed. */
public final class Cartage {
${groups.map((group) => `  public final ${group} ${fieldOf(group)};`).join('\n')}

  public Cartage(Transport transport) {
${groups.map((group) => `    ${fieldOf(group)} = new ${group}(transport);`).join('\n')}
  }
}
`;

/** A class for each thing that can be commanded or asked, and one with all of them. */
export const javaOf = (document: Document): Files => {
  const groups = operationsOf(document);
  const files = [...groups].map(([group, operations]) => [`${group}.java`, groupOf(group, operations)] as const);
  return { ...Object.fromEntries(files), 'Cartage.java': rootOf([...groups.keys()]) };
};
