export { startEntrance, type Behind, type Entrance } from './entrance';
export { plannedServices, type PlannedService } from './plan';
