/** Mixed Content (W3C): what a page that came over https may load over http. Chromium (156) looks before HSTS does. */
import { isTopLevel, type RequestContext } from './requestContext.ts';
import { isAddress, isPotentiallyTrustworthy, withHttps } from './site.ts';

/** Returns the address to ask instead, which is the same for most requests, or why the browser asks nobody. */
export function checkMixedContent(request: RequestContext): URL | string {
  const { url, method, initiator, inFrame, loadedAs } = request;
  if (initiator?.protocol !== 'https:' || isPotentiallyTrustworthy(url)) return url;
  if (isTopLevel(request)) {
    return method === 'GET' || method === 'HEAD'
      ? url
      : 'a form on an https page leads to http: the browser warns, and sends nothing unless the person insists';
  }
  if (inFrame) return 'mixed content: an https page may not show a frame that comes over http';
  if (loadedAs === 'style') return 'mixed content: an https page may not use a style sheet that comes over http';
  if (loadedAs !== 'image') return 'mixed content: the script of an https page may not fetch from http';
  return isAddress(url)
    ? 'mixed content: an https page may not show an image from an address over http'
    : withHttps(url);
}
