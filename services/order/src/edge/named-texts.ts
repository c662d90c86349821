import { isKeepable } from '@cartage/contracts';
import { ValidateBy } from 'class-validator';
import { longest } from '../domain/placement';

const isText = (text: unknown, most: number): boolean => typeof text === 'string' && text.length <= 2 * most && isKeepable(text);

const isNamedTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, text]) => isText(name, longest.attributeName) && isText(text, longest.attribute));

/** An object of free names, each with a text. What the texts may be is the domain's to say. */
export const IsNamedTexts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNamedTexts',
    validator: { validate: isNamedTexts, defaultMessage: () => 'must be an object whose values are texts' },
  });
