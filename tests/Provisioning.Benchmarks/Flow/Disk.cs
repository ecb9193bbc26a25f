namespace Provisioning.Benchmarks.Flow;

/// <summary>How often the disk below the data folder can be flushed: what durable commits one after the other are limited by.</summary>
internal static class Disk
{
    public static int FlushesPerSecond()
    {
        var path = Path.Combine(Path.GetTempPath(), $"flush-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
            var block = new byte[8192];
            var started = TimeProvider.System.GetTimestamp();
            var flushes = 0;
            while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2))
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
                flushes++;
            }

            return flushes / 2;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
