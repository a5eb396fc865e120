/** Express 4 under an npm alias. The app uses only what is the same in Express 5, so the types are those of Express 5. */
declare module 'express4' {
  import express from 'express';
  export default express;
}
