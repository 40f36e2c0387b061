using OnnxRuntimeFeed;

return FeedCommand.Run(args);
