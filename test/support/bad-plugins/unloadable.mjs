// A plugin whose package is broken: it never comes to saying what it is.
throw new Error('a part of it is missing');
