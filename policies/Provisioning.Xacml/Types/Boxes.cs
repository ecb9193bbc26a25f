namespace Provisioning.Xacml;

/// <summary>Booleans boxed once.</summary>
internal static class Boxes
{
    public static readonly object True = true;
    public static readonly object False = false;

    public static object Of(bool value) => value ? True : False;
}
