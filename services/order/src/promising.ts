/** How promises are made, for those who measure it. */
export { promiseBook } from './domain/promising/promise-book';
export { TransitLearner } from './domain/transit-learner';
