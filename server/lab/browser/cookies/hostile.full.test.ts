import { testHostileCookies } from '../../../../testing/hostileCookies.ts';

testHostileCookies('http://example/', 'http://127.0.0.1/', 'https://xn--shp-sna.example/%ff');
