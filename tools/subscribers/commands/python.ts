import { snake, type Content, type Document, type Operation, type Parameter, type Plain, operationsOf } from './operations';

const types: Readonly<Record<Plain, string>> = {
  text: 'str',
  id: 'str | UUID',
  time: 'str | datetime',
  integer: 'int',
  number: 'float',
  truth: 'bool',
  texts: 'Sequence[str | UUID]',
};

const keywords =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield';
const reserved: ReadonlySet<string> = new Set([...keywords.split(' '), 'body', 'self']);

const nameOf = (name: string): string => (reserved.has(snake(name)) ? `${snake(name)}_` : snake(name));

const typeOf = (content: Content): string => {
  if ('model' in content) return `models.${content.model}`;
  if ('media' in content) return 'bytes';
  return content.fields === 'form' ? 'Mapping[str, str]' : 'Mapping[str, Any]';
};

const oneOf = (choices: readonly string[]): string => `Literal[${choices.map((choice) => JSON.stringify(choice)).join(', ')}]`;
const plainOf = ({ type, choices }: Parameter): string => (choices ? oneOf(choices) : types[type]);

const positional = (parameter: Parameter): string => `${nameOf(parameter.name)}: ${plainOf(parameter)}`;
const named = (parameter: Parameter): string => `${positional(parameter)}${parameter.required ? '' : ' | None = None'}`;

/** A file says what it is, where it may be one of several things. */
const mediaOf = ({ body }: Operation): readonly string[] => {
  if (body === undefined || !('media' in body)) return [];
  return [`content_type: ${oneOf(body.media)}`];
};

const keywordsOf = (operation: Operation, isPreview: boolean): readonly string[] => [
  ...mediaOf(operation),
  ...(operation.isKeyed && !isPreview ? ['idempotency_key: str'] : []),
  ...(operation.isConditional ? ['if_match: str | None = None'] : []),
  ...operation.inQuery.toSorted((one, other) => Number(other.required) - Number(one.required)).map(named),
];

const signatureOf = (operation: Operation, isPreview: boolean): string => {
  const { inPath, body } = operation;
  const keywords = keywordsOf(operation, isPreview);
  const places = ['self', ...inPath.map(positional), ...(body ? [`body: ${typeOf(body)}`] : [])];
  return [...places, ...(keywords.length > 0 ? ['*', ...keywords] : [])].join(', ');
};

const pathOf = ({ path }: Operation): string =>
  path.includes('{') ? `f"${path.replace(/\{(\w+)\}/g, (_, name: string) => `{part(${nameOf(name)})}`)}"` : `"${path}"`;

const callOf = (operation: Operation, isPreview: boolean): string => {
  const { method, inQuery, body, isKeyed, isConditional } = operation;
  const query = [...inQuery.map(({ name }) => `"${name}": ${nameOf(name)}`), ...(isPreview ? ['"preview": True'] : [])];
  return [
    ...[`"${method}"`, pathOf(operation)],
    ...(query.length > 0 ? [`query={${query.join(', ')}}`] : []),
    ...(body ? ['body=body'] : []),
    ...(mediaOf(operation).length > 0 ? ['content_type=content_type'] : []),
    ...(isKeyed && !isPreview ? ['idempotency_key=idempotency_key'] : []),
    ...(isConditional ? ['if_match=if_match'] : []),
  ].join(', ');
};

const methodOf = (operation: Operation, isPreview: boolean): string => {
  const answer = isPreview ? 'models.Preview' : typeOf(operation.answer);
  const name = isPreview ? `preview_${nameOf(operation.name)}` : nameOf(operation.name);
  const summary = isPreview ? 'What it would do; it does nothing.' : operation.summary.replaceAll('\\', '\\\\').replaceAll('"', "'");
  return `
    def ${name}(${signatureOf(operation, isPreview)}) -> Answer[${answer}]:
        """${summary}"""
        return self._transport.send(Call(${callOf(operation, isPreview)}), ${answer})
`;
};

const groupOf = ([group, operations]: readonly [string, readonly Operation[]]): string => `

class ${group}:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport
${operations.flatMap((each) => [methodOf(each, false), ...(each.isPreviewed ? [methodOf(each, true)] : [])]).join('')}`;

const HEAD = `"""Every command and question of Cartage, typed. Made of its OpenAPI document."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from cartage_client.commands import Answer, Call, Transport, part

from . import models
`;

const rootOf = (groups: readonly string[]): string => `

class Cartage:
    """Where Cartage answers, such as \`https://orders.example.org\`, and the token by which it lets the caller in, or who has it."""

    def __init__(self, url: str, token: str | Callable[[], str] | None = None) -> None:
        transport = Transport(url, token)
${groups.map((group) => `        self.${snake(group)} = ${group}(transport)`).join('\n')}
`;

/** The module with all commands and questions, beside which the one with the models stands. */
export const pythonOf = (document: Document): string => {
  const groups = operationsOf(document);
  return HEAD + [...groups].map(groupOf).join('') + rootOf([...groups.keys()]);
};
