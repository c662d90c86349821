import { Refusal } from '../api/client';
import { faultLine } from './json-lines';
import type { PartName, RuleKind, RuleText } from './kinds/kind';

/** Something that is wrong with a draft, and where. */
export interface TextFault {
  readonly part: PartName;
  /** From 1; absent: nobody says where. */
  readonly line?: number;
  readonly field: string;
  readonly message: string;
}

const at = (text: string, position: number): number => text.slice(0, position).split('\n').length;

/** Browsers say where a text stops being JSON by a position, or by a line. */
const jsonFaultLine = (text: string, message: string): number | undefined => {
  const [, line] = /line (\d+)/.exec(message) ?? [];
  if (line !== undefined) return Number(line);
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return position === undefined ? undefined : at(text, Number(position));
};

/** Of a text that is to be JSON, before anybody is asked. */
export const jsonFaults = ({ parts }: Pick<RuleKind, 'parts'>, text: RuleText): readonly TextFault[] => {
  const { rules } = text;
  if (!parts.includes('rules') || rules === undefined) return [];
  try {
    JSON.parse(rules);
    return [];
  } catch (fault) {
    const message = String(fault).replace(/^\w*Error: /, '');
    const line = jsonFaultLine(rules, message);
    return [{ part: 'rules', field: '', message, ...(line === undefined ? {} : { line }) }];
  }
};

/** What the service says of the fields of a draft, and where they stand in it; nothing where it says nothing of fields. */
export const refusedFields = (
  { parts, prefix }: Pick<RuleKind, 'parts' | 'prefix'>,
  text: RuleText,
  fault: unknown,
): readonly TextFault[] => {
  if (!(fault instanceof Refusal)) return [];
  return fault.errors.map(({ field, message }) => {
    const part = parts.find((each) => each === field) ?? parts[0] ?? 'rules';
    const line = part === 'rules' ? faultLine(text.rules ?? '', field, prefix) : undefined;
    return { part, field, message, ...(line === undefined ? {} : { line }) };
  });
};

/** From where to where a line of a text goes, for selecting it. */
export const lineRange = (text: string, line: number): readonly [from: number, to: number] => {
  const lines = text.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [from, from + (lines[line - 1] ?? '').length];
};
