console.log("Hello, I am no port");
setInterval(() => undefined, 1000);
