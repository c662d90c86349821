import { viewStateOf } from './views';

const still = { rebuilding: false, filling: false, behind: false };

it.each([
  [{ ...still, behind: true, rebuilding: true, error: 'stuck' }, 'failing'],
  [{ ...still, behind: true, rebuilding: true }, 'rebuilding'],
  [{ ...still, behind: true, filling: true }, 'filling'],
  [{ ...still, behind: true }, 'behind'],
  [still, 'fresh'],
])('what matters most of the view %j is that it is %s', (view, state) => expect(viewStateOf(view)).toBe(state));
