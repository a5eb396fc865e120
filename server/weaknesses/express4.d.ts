/** Express 4 under an npm alias. The app uses only what is the same in Express 5, so it has the types of Express 5. */
declare module 'express4' {
  import express from 'express';
  export default express;
}
