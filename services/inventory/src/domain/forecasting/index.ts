export { baselineCandidates } from './candidates';
export { rootMeanSquare } from './choosing';
export { absoluteStep, firstSale, lifeUntil, squaredStep, sumOf, type DemandHistory, type DemandSeries, type Origin } from './history';
export { flatDemand, learnedDemand } from './learned';
export { type DemandForecast, type DemandMethod, type ForecastSource } from './method';
export { plainDemand, single } from './single';
