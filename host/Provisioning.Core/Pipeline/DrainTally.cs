using Provisioning.Core.Converging;

namespace Provisioning.Core.Pipeline;

/// <summary>What one run of a drain came to.</summary>
internal sealed class DrainTally
{
    private long _done;
    private long _failed;

    public long Done => Interlocked.Read(ref _done);

    public long Failed => Interlocked.Read(ref _failed);

    public void Count(Failure? failure)
    {
        if (failure is null)
            Interlocked.Increment(ref _done);
        else
            Interlocked.Increment(ref _failed);
    }
}
