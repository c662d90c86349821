import { services } from '@cartage/embedded/services';
import { serviceNames } from '../../services/console/web/src/system/services/services';

it('the console asks every service how it is', () => expect([...serviceNames]).toEqual(services.map(({ name }) => name)));
