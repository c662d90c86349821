import { deliveryQuestions } from './delivery';
import { flowQuestions } from './flow';
import type { Question } from './question';
import { salesQuestions } from './sales';
import { stockQuestions } from './stock';

/** Every question that is answered by a view. */
export const questions: readonly Question[] = [...salesQuestions, ...stockQuestions, ...deliveryQuestions, ...flowQuestions];

export const questionNamed = (name: string): Question | undefined => questions.find((each) => each.name === name);
