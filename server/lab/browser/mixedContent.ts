/** Mixed Content (W3C): what a page that came over https may load over http. Chromium (156) looks before HSTS does. */
import { isTopLevel, type RequestContext } from './requestContext.ts';
import { isAddress, isPotentiallyTrustworthy, withHttps } from './site.ts';

/** Returns the address to ask instead, which is the same for most requests, or why the browser asks nobody. */
export function checkMixedContent(request: RequestContext): URL | string {
  const { url, method, initiator, inFrame, loadedAs } = request;
  if (initiator?.protocol !== 'https:' || url.protocol === 'https:') return url;
  if (loadedAs === 'image') return imageOverHttp(request);
  if (isPotentiallyTrustworthy(url)) return url;
  if (isTopLevel(request)) {
    return method === 'GET' || method === 'HEAD'
      ? url
      : 'a form on an https page leads to http: the browser warns, and sends nothing unless the person insists';
  }
  if (inFrame) return 'mixed content: an https page may not show a frame that comes over http';
  if (loadedAs === 'style') return 'mixed content: an https page may not use a style sheet that comes over http';
  return 'mixed content: the script of an https page may not fetch from http';
}

/** What an image is asked for first decides: if that is https, redirects lead to https, even to this machine and to addresses. */
function imageOverHttp({ url, redirects: [first] = [] }: RequestContext): URL | string {
  if (first?.protocol === 'https:') return withHttps(url);
  if (isPotentiallyTrustworthy(url)) return url;
  if (isAddress(url)) return 'mixed content: an https page may not show an image from an address over http';
  return first ? url : withHttps(url);
}
