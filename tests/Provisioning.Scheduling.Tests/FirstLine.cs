using Microsoft.Extensions.Logging;

namespace Provisioning.Scheduling.Tests;

/// <summary>A log that says when its first line is written.</summary>
internal sealed class FirstLine<T> : ILogger<T>
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task First => _first.Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _first.TrySetResult();
}
