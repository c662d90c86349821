import { customerQuestions } from './customers';
import { deliveryQuestions } from './delivery';
import { flowQuestions } from './flow';
import { moneyQuestions } from './money';
import { policyQuestions } from './policies';
import type { Question } from './question';
import { returnQuestions } from './returns';
import { routingQuestions } from './routing';
import { salesQuestions } from './sales';
import { stockQuestions } from './stock';

/** Every question that is answered by a view. */
export const questions: readonly Question[] = [
  ...salesQuestions,
  ...stockQuestions,
  ...deliveryQuestions,
  ...flowQuestions,
  ...returnQuestions,
  ...moneyQuestions,
  ...customerQuestions,
  ...routingQuestions,
  ...policyQuestions,
];

export const questionNamed = (name: string): Question | undefined => questions.find((each) => each.name === name);
