// Makes Node as poor as a browser: a bundle that needs either of these has not been bundled for one.
delete globalThis.Buffer;
delete globalThis.process;
