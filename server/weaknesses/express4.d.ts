/** Express 4 under an npm alias. What this app uses of it is called as in Express 5, so it has the same types. */
declare module 'express4' {
  import express from 'express';
  export default express;
}
