import analytics from './analytics.json';
import frame from './frame.json';
import home from './home.json';
import money from './money.json';
import order from './order.json';
import orders from './orders.json';
import queues from './queues.json';
import rules from './rules.json';
import stock from './stock.json';
import story from './story.json';
import system from './system.json';
import warehouse from './warehouse.json';

/** A file for each room; what several rooms say is the frame’s. */
export default {
  ...frame,
  ...home,
  ...orders,
  ...order,
  ...analytics,
  ...money,
  ...queues,
  ...rules,
  ...stock,
  ...story,
  ...system,
  ...warehouse,
};
