import fc from 'fast-check';

/** Property tests try the same cases on every machine: what fails here fails there. */
fc.configureGlobal({ seed: 20_260_511 });
